      * T034: A TICKET IS GIVEN BACK (ANNULATION)
       01  T034-ANNULATION.
      *    AS R031-TICKET
           05  T034-TICKET             PIC X(14).
           05  T034-MOTIF              PIC X.
               88  T034-ERREUR-SAISIE  VALUE 'E'.
               88  T034-CLIENT         VALUE 'C'.
               88  T034-IMPRESSION     VALUE 'I'.
           05  T034-OPERATEUR          PIC 9(6).
