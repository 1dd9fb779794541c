      * N082: A HORSE DOES NOT RUN (NON-PARTANT)
       01  N082-NON-PARTANT.
           05  N082-DATE               PIC 9(8).
           05  N082-REUNION            PIC 9(2).
           05  N082-COURSE             PIC 9(2).
           05  N082-CHEVAL             PIC 9(2).
           05  N082-NOM                PIC X(18).
           05  N082-HEURE              PIC 9(6).
