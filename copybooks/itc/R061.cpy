      * R061: TIME AND SALES OF THE OPERATOR'S TURN
       01  R061-DECONNEXION.
           05  R061-STATUT             PIC 9(2).
           05  R061-DUREE              PIC 9(6) COMP.
           05  R061-VENTES             PIC S9(9)V99 COMP-3.
