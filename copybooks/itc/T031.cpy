      * T031: A BET (PARI); TRAILING ZEROS OF THE BODY ARE CUT OFF
      *
      * STAKE = UNIT STAKE TIMES COMBINATIONS OF THE ASSOCIATES THAT
      * FILL THE PLACES THE BASES LEAVE, TIMES THE ORDERS OF ARRIVAL
      * WHEN ALL ORDERS ARE PLAYED.
       01  T031-PARI.
      *    WHICH OF THE PARI-... GROUPS BELOW HOLDS THE HORSES
           05  PARI-TYPE               PIC X(2).
               88  SIMPLE-GAGNANT      VALUE 'SG'.
               88  SIMPLE-PLACE        VALUE 'SP'.
               88  SIMPLE-JUMELE       VALUE 'SJ'.
               88  COUPLE-GAGNANT      VALUE 'CG'.
               88  COUPLE-PLACE        VALUE 'CP'.
               88  COUPLE-ORDRE        VALUE 'CO'.
               88  TRIO                VALUE 'TR'.
               88  TRIO-ORDRE          VALUE 'TO'.
               88  DEUX-SUR-QUATRE     VALUE 'D4'.
               88  TIERCE              VALUE 'TI'.
               88  QUARTE-PLUS         VALUE 'QA'.
               88  QUINTE-PLUS         VALUE 'QI'.
               88  MULTI               VALUE 'MU'.
           05  T031-DATE               PIC 9(8) COMP-3.
           05  T031-REUNION            PIC 9(2).
           05  T031-COURSE             PIC 9(2).
      *    CLIENT'S CARD, BLANK WITHOUT ONE
           05  T031-CARTE              PIC X(10).
           05  T031-MISE-TOTALE        PIC 9(7)V99 COMP-3.
           05  T031-MISE GROUP-USAGE BIT.
      *        RUNNERS OF THE RACE: THE ASSOCIATES OF A CHAMP TOTAL
      *        ARE ALL OF THEM BUT THE BASES
               10  T031-PARTANTS       PIC 1(5).
               10  T031-NB-BASES       PIC 1(3).
      *        HORSES THAT FOLLOW THE BASES; ALL HORSES WHEN THERE ARE
      *        NO BASES; NONE FOLLOW IN A CHAMP TOTAL
               10  T031-NB-ASSOCIES    PIC 1(5).
               10  T031-FORMULE        PIC 1(2).
                   88  UNITAIRE        VALUE B'00'.
                   88  COMBINEE        VALUE B'01'.
                   88  CHAMP-REDUIT    VALUE B'10'.
                   88  CHAMP-TOTAL     VALUE B'11'.
      *        CENTS
               10  T031-MISE-UNITAIRE  PIC 1(26).
      *        1: THE MACHINE CHOSE THE HORSES
               10  T031-SPOT           PIC 1.
               10  FILLER              PIC 1(6).
      *    THE LONGEST FIRST; THE OTHERS SHARE ITS BYTES
           05  PARI-QUINTE GROUP-USAGE BIT.
               10  QUINTE-TOUS-ORDRES  PIC 1.
               10  QUINTE-NUMERO-PLUS  PIC 1(12).
               10  QUINTE-BASE         PIC 1(5)
                   OCCURS 0 TO 4 DEPENDING ON T031-NB-BASES.
               10  QUINTE-ASSOCIE      PIC 1(5)
                   OCCURS 0 TO 20 DEPENDING ON T031-NB-ASSOCIES.
           05  PARI-QUARTE REDEFINES PARI-QUINTE GROUP-USAGE BIT.
               10  QUARTE-TOUS-ORDRES  PIC 1.
               10  QUARTE-BASE         PIC 1(5)
                   OCCURS 0 TO 3 DEPENDING ON T031-NB-BASES.
               10  QUARTE-ASSOCIE      PIC 1(5)
                   OCCURS 0 TO 20 DEPENDING ON T031-NB-ASSOCIES.
           05  PARI-TIERCE REDEFINES PARI-QUINTE GROUP-USAGE BIT.
               10  TIERCE-TOUS-ORDRES  PIC 1.
               10  TIERCE-BASE         PIC 1(5)
                   OCCURS 0 TO 2 DEPENDING ON T031-NB-BASES.
               10  TIERCE-ASSOCIE      PIC 1(5)
                   OCCURS 0 TO 20 DEPENDING ON T031-NB-ASSOCIES.
      *    MULTI EN 4, 5, 6 OR 7: ANY N HORSES OF WHICH FOUR ARRIVE
           05  PARI-MULTI REDEFINES PARI-QUINTE GROUP-USAGE BIT.
               10  MULTI-N             PIC 1(3).
               10  MULTI-BASE          PIC 1(5)
                   OCCURS 0 TO 6 DEPENDING ON T031-NB-BASES.
               10  MULTI-ASSOCIE       PIC 1(5)
                   OCCURS 0 TO 20 DEPENDING ON T031-NB-ASSOCIES.
           05  PARI-TRIO REDEFINES PARI-QUINTE GROUP-USAGE BIT.
               10  TRIO-BASE           PIC 1(5)
                   OCCURS 0 TO 2 DEPENDING ON T031-NB-BASES.
               10  TRIO-ASSOCIE        PIC 1(5)
                   OCCURS 0 TO 20 DEPENDING ON T031-NB-ASSOCIES.
           05  PARI-COUPLE REDEFINES PARI-QUINTE GROUP-USAGE BIT.
               10  COUPLE-GAGNANT-PLACE PIC 1.
               10  COUPLE-BASE         PIC 1(5)
                   OCCURS 0 TO 1 DEPENDING ON T031-NB-BASES.
               10  COUPLE-ASSOCIE      PIC 1(5)
                   OCCURS 0 TO 20 DEPENDING ON T031-NB-ASSOCIES.
           05  PARI-DEUXSURQUATRE REDEFINES PARI-QUINTE GROUP-USAGE BIT.
               10  FILLER              PIC 1(2).
               10  DEUXSURQUATRE-BASE  PIC 1(5)
                   OCCURS 0 TO 1 DEPENDING ON T031-NB-BASES.
               10  DEUXSURQUATRE-ASSOCIE PIC 1(5)
                   OCCURS 0 TO 20 DEPENDING ON T031-NB-ASSOCIES.
           05  PARI-SIMPLE REDEFINES PARI-QUINTE GROUP-USAGE BIT.
               10  SIMPLE-REPORT       PIC 1(3).
               10  SIMPLE-CHEVAL       PIC 1(5)
                   OCCURS 0 TO 20 DEPENDING ON T031-NB-ASSOCIES.
