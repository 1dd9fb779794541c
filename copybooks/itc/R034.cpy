      * R034: THE CANCELLATION IS ACCEPTED OR REFUSED, AND WHY
       01  R034-ANNULATION.
           05  R034-STATUT             PIC 9(2).
               88  R034-ACCEPTE        VALUE 0.
               88  R034-COURSE-PARTIE  VALUE 30.
               88  R034-DEJA-ANNULE    VALUE 31.
               88  R034-DELAI          VALUE 32.
               88  R034-INCONNU        VALUE 99.
           05  R034-TICKET             PIC X(14).
      *    PAID BACK: THE STAKE, NEGATIVE; 0 WHEN REFUSED
           05  R034-MONTANT            PIC S9(7)V99.
           05  R034-DATE               PIC 9(8).
           05  R034-HEURE              PIC 9(6).
           05  R034-MOTIF              PIC X(30).
