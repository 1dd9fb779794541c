      * R050: THE STATUS REPORT HAS ARRIVED; AN ORDER MAY COME WITH IT
       01  R050-ETAT.
           05  R050-STATUT             PIC 9(2).
           05  R050-ORDRE              PIC X.
               88  R050-AUCUN          VALUE SPACE.
               88  R050-REDEMARRER     VALUE 'R'.
               88  R050-TELECHARGER    VALUE 'T'.
           05  R050-INTERVALLE         PIC 9(4) COMP.
