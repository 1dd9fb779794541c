      * T033: A TICKET IS PRESENTED FOR PAYMENT (PAIEMENT)
       01  T033-PAIEMENT.
      *    AS R031-TICKET
           05  T033-TICKET             PIC X(14).
           05  T033-CONTROLE           PIC X(4).
           05  T033-MODE               PIC X.
               88  T033-ESPECES        VALUE 'E'.
               88  T033-COMPTE         VALUE 'C'.
               88  T033-CHEQUE         VALUE 'Q'.
           05  T033-SAISIE             PIC X.
               88  T033-LUE            VALUE 'L'.
               88  T033-MANUELLE       VALUE 'M'.
