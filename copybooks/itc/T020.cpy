      * T020: THE TERMINAL ASKS FOR THE RACES OF A DAY (PROGRAMME)
       01  T020-PROGRAMME.
           05  T020-DATE               PIC 9(8).
      *    0: ALL MEETINGS
           05  T020-REUNION            PIC 9(2).
