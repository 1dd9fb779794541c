      * R099: THE ERROR IS NOTED
       01  R099-ERREUR.
           05  R099-STATUT             PIC 9(2).
           05  R099-INCIDENT           PIC 9(9) COMP.
