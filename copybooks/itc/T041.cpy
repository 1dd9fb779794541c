      * T041: A CLIENT PRESENTS A COUPON
       01  T041-COUPON.
           05  T041-COUPON-NUMERO      PIC X(12).
           05  T041-CONTROLE           PIC X(4).
