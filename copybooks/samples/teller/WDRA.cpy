      * WDRA: PAID OR REFUSED
       01  WITHDRAWAL-ANSWER.
           05  STATUS-CODE             PIC 99.
               88  PAID                VALUE 0.
           05  BALANCE                 PIC S9(9)V99 COMP-3.
