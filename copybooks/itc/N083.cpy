      * N083: OFFICIAL RESULT OF A RACE
       01  N083-ARRIVEE.
           05  N083-DATE               PIC 9(8).
           05  N083-REUNION            PIC 9(2).
           05  N083-COURSE             PIC 9(2).
           05  N083-HEURE              PIC 9(6).
           05  N083-STATUT             PIC X.
               88  N083-OFFICIEL       VALUE 'O'.
               88  N083-ENQUETE        VALUE 'E'.
           05  N083-PLACES GROUP-USAGE BIT.
               10  N083-NB-PLACES      PIC 1(3).
               10  N083-PLACE          PIC 1(5)
                   OCCURS 0 TO 7 DEPENDING ON N083-NB-PLACES.
           05  N083-GAGNANT            PIC X(18).
