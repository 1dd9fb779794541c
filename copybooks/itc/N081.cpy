      * N081: NO MORE BETS ARE TAKEN ON A RACE, WHATEVER THE REASON
       01  N081-FERMETURE.
           05  N081-DATE               PIC 9(8).
           05  N081-REUNION            PIC 9(2).
           05  N081-COURSE             PIC 9(2).
           05  N081-HEURE              PIC 9(6).
           05  N081-MOTIF              PIC X.
               88  N081-DEPART         VALUE 'D'.
               88  N081-ANNULEE        VALUE 'A'.
               88  N081-REPORTEE       VALUE 'R'.
