      * R011: THE MOVEMENT IS BOOKED
       01  R011-MOUVEMENT.
           05  R011-STATUT             PIC 9(2).
           05  R011-PIECE              PIC 9(9) COMP.
           05  R011-SOLDE              PIC S9(9)V99 COMP-3.
