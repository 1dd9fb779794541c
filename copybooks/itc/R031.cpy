      * R031: THE BET IS TAKEN OR REFUSED
       01  R031-PARI.
           05  R031-STATUT             PIC 9(2).
               88  R031-ACCEPTE        VALUE 0.
               88  R031-COURSE-FERMEE  VALUE 10.
               88  R031-NON-PARTANT    VALUE 11.
               88  R031-MISE-REFUSEE   VALUE 12.
               88  R031-INCONNU        VALUE 99.
      *    SELLING TERMINAL 9(5), DAY OF THE YEAR 9(3), SERIAL 9(6);
      *    BLANK WHEN REFUSED
           05  R031-TICKET             PIC X(14).
           05  R031-DATE               PIC 9(8).
           05  R031-HEURE              PIC 9(6).
           05  R031-MISE-TOTALE        PIC 9(7)V99 COMP-3.
           05  R031-COMBINAISONS       PIC 9(9) COMP.
           05  R031-CONTROLE           PIC X(4).
