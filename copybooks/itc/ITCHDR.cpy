      * ITCHDR: HEADER OF EVERY ITC FRAME, 32 BYTES, NEVER COMPRESSED
      * THE QUESTION OF A TERMINAL AND ITS ANSWER CARRY THE SAME ITC-KEY
       01  ITC-HEADER.
      *    BYTES OF THE WHOLE FRAME AS IT IS SENT, HEADER TOO
           05  ITC-LENGTH              PIC 9(4) COMP.
      *    I1
           05  ITC-VERSION             PIC X(2).
      *    T031, RESPONSES R031, NOTICES N080
           05  ITC-TYPE                PIC X(4).
           05  ITC-DIRECTION           PIC X.
               88  ITC-QUESTION        VALUE 'Q'.
               88  ITC-REPONSE         VALUE 'R'.
               88  ITC-AVIS            VALUE 'A'.
           05  ITC-FLAGS GROUP-USAGE BIT.
               10  ITC-COMPRESSED      PIC 1.
               10  ITC-RESENT          PIC 1.
               10  ITC-TRAINING        PIC 1.
               10  FILLER              PIC 1(5).
           05  ITC-KEY.
      *        POINT OF SALE
               10  ITC-TERMINAL        PIC 9(5).
      *        NUMBER OF THE QUESTION AT THAT TERMINAL
               10  ITC-TRANSACTION     PIC 9(5).
      *    COUNTED PER TERMINAL AND DIRECTION
           05  ITC-SEQUENCE            PIC 9(9) COMP.
      *    MILLISECONDS SINCE 1970, UTC
           05  ITC-TIME                PIC 9(15) COMP-3.
