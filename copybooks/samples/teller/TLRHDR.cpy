      * TLRHDR: HEADER OF EVERY FRAME OF A BANK'S TELLER TERMINALS
       01  TLR-HEADER.
      *    BYTES OF THE WHOLE FRAME, HEADER TOO
           05  TLR-LENGTH              PIC 9(4) COMP.
           05  TLR-TYPE                PIC X(4).
      *    Q QUESTION, A ANSWER, N NOTICE
           05  TLR-DIRECTION           PIC X.
           05  TLR-FLAGS GROUP-USAGE BIT.
               10  TLR-COMPRESSED      PIC 1.
               10  FILLER              PIC 1(7).
      *    THE SAME IN A QUESTION AND ITS ANSWER
           05  TLR-KEY                 PIC 9(6).
      *    LOCAL TIME, YYYYMMDDHHMMSS
           05  TLR-TIME                PIC 9(14).
