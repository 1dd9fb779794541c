      *---------------------------------------------------------------*
      * BET-SLIPS: PARI-MUTUEL BETS AS A BETTING TERMINAL REPORTS THEM *
      * RECFM=VB, CODE PAGE 1147 (FRANCE, WITH THE EURO SIGN)          *
      *---------------------------------------------------------------*
       01  BET-SLIP.
           05  SLIP-NUMBER                 PIC 9(10).
           05  TERMINAL                    PIC X(6).
           05  MEETING.
               10  MEETING-DATE            PIC 9(8).
               10  RACECOURSE              PIC X(20).
               10  RACE                    PIC 99.
      *    NEGATIVE: THE STAKE OF A CANCELLED BET, PAID BACK
           05  STAKE                       PIC S9(5)V99.
           05  PAYOUT                      PIC S9(7)V99 COMP-3.
           05  SOLD-AT                     PIC S9(9) COMP.
           05  BET-TYPE                    PIC X.
               88  SINGLE                  VALUE 'W' 'P'.
               88  COMBINED                VALUE 'T' 'Q'.
           05  BET-DETAIL                  PIC X(8).
           05  SINGLE-BET REDEFINES BET-DETAIL.
               10  HORSE                   PIC 99.
               10  ODDS                    PIC 9(3)V9.
               10  FILLER                  PIC XX.
           05  COMBINED-BET REDEFINES BET-DETAIL.
               10  IN-ORDER                PIC X.
               10  COMBINATIONS            PIC S9(5) COMP-3.
               10  UNIT-STAKE              PIC S9(5)V99 COMP-3.
           05  HORSE-COUNT                 PIC S9(4) COMP.
           05  HORSES OCCURS 1 TO 8 TIMES DEPENDING ON HORSE-COUNT.
               10  HORSE-NUMBER            PIC 99.
               10  HORSE-NAME              PIC X(14).
