      * R022: ORDER OF ARRIVAL AND WHAT EACH BET TYPE PAYS
       01  R022-RESULTATS.
           05  R022-STATUT             PIC 9(2).
               88  R022-CONNU          VALUE 0.
               88  R022-PROVISOIRE     VALUE 1.
               88  R022-INCONNU        VALUE 2.
           05  R022-REUNION            PIC 9(2).
           05  R022-COURSE             PIC 9(2).
           05  R022-ARRIVEE GROUP-USAGE BIT.
               10  R022-NB-ARRIVES     PIC 1(3).
               10  R022-ARRIVE         PIC 1(5)
                   OCCURS 0 TO 7 DEPENDING ON R022-NB-ARRIVES.
           05  R022-NB-RAPPORTS        PIC 9(2).
           05  R022-RAPPORT
               OCCURS 0 TO 24 DEPENDING ON R022-NB-RAPPORTS.
               10  R022-PARI-TYPE      PIC X(2).
               10  R022-COMBINAISON    PIC X(14).
               10  R022-MONTANT        PIC 9(7)V99 COMP-3.
