      * R040: THE TERMINAL ACKNOWLEDGES THE COUPON
       01  R040-COUPON.
           05  R040-STATUT             PIC 9(2).
               88  R040-IMPRIME        VALUE 0.
               88  R040-SANS-PAPIER    VALUE 40.
               88  R040-PANNE          VALUE 41.
           05  R040-COUPON-NUMERO      PIC X(12).
           05  R040-HEURE              PIC 9(6).
