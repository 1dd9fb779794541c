      * N084: WHAT ONE EURO PAYS FOR A BET TYPE (RAPPORT DÉFINITIF)
       01  N084-RAPPORT.
           05  N084-DATE               PIC 9(8).
           05  N084-REUNION            PIC 9(2).
           05  N084-COURSE             PIC 9(2).
           05  N084-PARI-TYPE          PIC X(2).
           05  N084-COMBINAISON        PIC X(14).
           05  N084-MONTANT            PIC 9(7)V99 COMP-3.
           05  N084-GAGNANTS           PIC 9(9) COMP.
