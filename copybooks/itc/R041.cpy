      * R041: WHAT THE COUPON IS WORTH
       01  R041-COUPON.
           05  R041-STATUT             PIC 9(2).
               88  R041-VALABLE        VALUE 0.
               88  R041-ANNULE         VALUE 42.
               88  R041-DEJA-UTILISE   VALUE 43.
               88  R041-PERIME         VALUE 44.
           05  R041-COUPON-NUMERO      PIC X(12).
           05  R041-VALEUR             PIC 9(5)V99 COMP-3.
