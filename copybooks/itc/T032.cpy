      * T032: SEVERAL BETS ON ONE TICKET, FOR RACES OF UP TO 7 RUNNERS
      * EACH BET IS 3 BITS, 3 BITS, 26 BITS, THEN N TIMES 3 BITS; THE
      * NEXT ONE STARTS AT THE NEXT BIT
       01  T032-PARIS.
           05  T032-DATE               PIC 9(8) COMP-3.
           05  T032-REUNION            PIC 9(2).
           05  T032-COURSE             PIC 9(2).
           05  T032-MISE-TOTALE        PIC 9(7)V99 COMP-3.
           05  T032-NB-PARIS           PIC 9(2).
           05  T032-PARI GROUP-USAGE BIT
               OCCURS 1 TO 8 DEPENDING ON T032-NB-PARIS.
      *        0 SIMPLE GAGNANT, 1 SIMPLE PLACE, 2 COUPLE GAGNANT,
      *        3 COUPLE PLACE, 4 COUPLE ORDRE, 5 TRIO
               10  T032-PARI-CODE      PIC 1(3).
               10  T032-NB-CHEVAUX     PIC 1(3).
      *        CENTS
               10  T032-MISE-UNITAIRE  PIC 1(26).
               10  T032-CHEVAL         PIC 1(3)
                   OCCURS 0 TO 7 DEPENDING ON T032-NB-CHEVAUX.
