      * CLSN: THE BRANCH CLOSES
       01  CLOSING-NOTICE.
           05  CLOSING-TIME            PIC 9(4).
           05  REASON                  PIC X(24).
