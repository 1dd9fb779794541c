      * N080: A RACE STARTS (DÉPART DE LA COURSE): NO MORE BETS
       01  N080-DEPART.
           05  N080-DATE               PIC 9(8).
           05  N080-REUNION            PIC 9(2).
           05  N080-COURSE             PIC 9(2).
           05  N080-HEURE              PIC 9(6).
           05  N080-PARTANTS           PIC 9(2).
           05  N080-ENJEUX             PIC 9(9)V99 COMP-3.
