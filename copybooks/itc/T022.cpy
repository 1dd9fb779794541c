      * T022: THE TERMINAL ASKS FOR THE RESULT OF A RACE
       01  T022-RESULTATS.
           05  T022-DATE               PIC 9(8).
           05  T022-REUNION            PIC 9(2).
           05  T022-COURSE             PIC 9(2).
