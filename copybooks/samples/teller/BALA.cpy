      * BALA: BALANCE AND LAST ENTRIES
       01  BALANCE-ANSWER.
           05  STATUS-CODE             PIC 99.
           05  CUSTOMER                PIC X(30).
           05  BALANCE                 PIC S9(9)V99 COMP-3.
           05  ENTRY-COUNT             PIC 99.
           05  ENTRIES OCCURS 0 TO 5 DEPENDING ON ENTRY-COUNT.
               10  ENTRY-DATE          PIC 9(8).
               10  AMOUNT              PIC S9(7)V99 COMP-3.
               10  PURPOSE             PIC X(20).
