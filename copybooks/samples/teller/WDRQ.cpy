      * WDRQ: A CUSTOMER WITHDRAWS MONEY
       01  WITHDRAWAL-QUESTION.
           05  ACCOUNT                 PIC 9(10).
           05  AMOUNT                  PIC 9(7)V99 COMP-3.
           05  NOTES GROUP-USAGE BIT.
               10  NOTES-OF-50         PIC 1(6).
               10  NOTES-OF-20         PIC 1(5).
               10  NOTES-OF-10         PIC 1(5).
