      * R002: THE CENTRAL TOTALS, AND WHAT THE TERMINAL'S DIFFER BY
       01  R002-FERMETURE.
           05  R002-STATUT             PIC 9(2).
               88  R002-ACCORD         VALUE 0.
               88  R002-ECART-CONSTATE VALUE 1.
           05  R002-SOLDE              PIC S9(9)V99.
           05  R002-ECART              PIC S9(7)V99 COMP-3.
           05  R002-HEURE              PIC 9(6).
