      * T040: THE CENTRAL SYSTEM HAS A COUPON PRINTED AT THE TERMINAL
       01  T040-COUPON.
           05  T040-COUPON-NUMERO      PIC X(12).
      *    THE BET THAT EARNED IT, AS R031-TICKET
           05  T040-TICKET             PIC X(14).
           05  T040-CAMPAGNE           PIC X(8).
           05  T040-VALEUR             PIC 9(5)V99 COMP-3.
           05  T040-VALIDITE           PIC 9(8).
           05  T040-NB-LIGNES          PIC 9(1).
           05  T040-LIGNE              PIC X(32)
               OCCURS 0 TO 6 DEPENDING ON T040-NB-LIGNES.
