      * T001: A TERMINAL STARTS (OUVERTURE DU GUICHET)
       01  T001-OUVERTURE.
           05  T001-DATE               PIC 9(8).
           05  T001-HIPPODROME         PIC X(3).
           05  T001-GUICHET            PIC 9(3).
           05  T001-LOGICIEL           PIC X(8).
           05  T001-SERIE              PIC X(12).
      *    BLANK: NO ONE HAS LOGGED IN YET
           05  T001-OPERATEUR          PIC 9(6).
           05  T001-EQUIPEMENT GROUP-USAGE BIT.
               10  T001-IMPRIMANTE     PIC 1.
               10  T001-LECTEUR        PIC 1.
               10  T001-ECRAN-CLIENT   PIC 1.
               10  T001-MONNAYEUR      PIC 1.
               10  T001-LIGNE          PIC 1(4).
           05  T001-FONDS-CAISSE       PIC 9(7)V99 COMP-3.
