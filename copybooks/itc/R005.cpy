      * R005: DATE AND TIME OF THE CENTRAL SYSTEM
       01  R005-HORLOGE.
           05  R005-DATE               PIC 9(8).
           05  R005-HEURE              PIC 9(6).
           05  R005-MILLIEMES          PIC 9(3).
           05  R005-JOUR               PIC 9(3).
      *    MINUTES AHEAD OF UTC
           05  R005-DECALAGE           PIC S9(4) COMP.
