      * R021: THE ODDS OF A RACE; SNA COMPRESSED
       01  R021-RAPPORTS.
           05  R021-REUNION            PIC 9(2).
           05  R021-COURSE             PIC 9(2).
           05  R021-PARI-TYPE          PIC X(2).
           05  R021-HEURE              PIC 9(6).
           05  R021-ENJEUX             PIC 9(9)V99 COMP-3.
           05  R021-NB-CHEVAUX         PIC 9(2).
           05  R021-CHEVAL OCCURS 0 TO 20 DEPENDING ON R021-NB-CHEVAUX.
               10  R021-NUMERO         PIC 9(2).
               10  R021-NOM            PIC X(18).
      *        FOR ONE EURO; 0 WHEN NO ONE HAS BET ON IT
               10  R021-RAPPORT        PIC 9(5)V9.
               10  R021-TENDANCE       PIC X.
                   88  R021-HAUSSE     VALUE '+'.
                   88  R021-BAISSE     VALUE '-'.
                   88  R021-STABLE     VALUE SPACE.
