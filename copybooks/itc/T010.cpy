      * T010: THE TERMINAL ASKS FOR ITS BALANCE (SOLDE)
       01  T010-SOLDE.
           05  T010-OPERATEUR          PIC 9(6).
           05  T010-COMPTE             PIC X.
               88  T010-GUICHET        VALUE 'G'.
               88  T010-CLIENT         VALUE 'C'.
           05  T010-CARTE              PIC X(16).
