      * BALQ: WHAT IS ON THIS ACCOUNT?
       01  BALANCE-QUESTION.
           05  ACCOUNT                 PIC 9(10).
