      * T061: AN OPERATOR LOGS OUT
       01  T061-DECONNEXION.
           05  T061-OPERATEUR          PIC 9(6).
           05  T061-MOTIF              PIC X.
               88  T061-FIN-SERVICE    VALUE 'F'.
               88  T061-PAUSE          VALUE 'P'.
               88  T061-RELEVE         VALUE 'R'.
