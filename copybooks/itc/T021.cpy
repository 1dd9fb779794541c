      * T021: THE TERMINAL ASKS FOR ODDS (RAPPORTS PROBABLES)
       01  T021-RAPPORTS.
           05  T021-REUNION            PIC 9(2).
           05  T021-COURSE             PIC 9(2).
           05  T021-PARI-TYPE          PIC X(2).
