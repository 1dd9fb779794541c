      * T060: AN OPERATOR LOGS IN
       01  T060-CONNEXION.
           05  T060-OPERATEUR          PIC 9(6).
      *    ENCIPHERED PIN
           05  T060-CODE               PIC X(8).
           05  T060-BADGE              PIC 9(10) COMP.
