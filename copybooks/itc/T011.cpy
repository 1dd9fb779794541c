      * T011: CASH BROUGHT TO OR TAKEN FROM THE DRAWER (CAISSE)
       01  T011-MOUVEMENT.
           05  T011-OPERATEUR          PIC 9(6).
           05  T011-SENS               PIC X.
               88  T011-VERSEMENT      VALUE 'V'.
               88  T011-PRELEVEMENT    VALUE 'P'.
           05  T011-MONTANT            PIC S9(7)V99 COMP-3.
