      * R070: THE ANSWER TO A MESSAGE; RUN LENGTHS
       01  R070-MESSAGE.
           05  R070-STATUT             PIC 9(2).
           05  R070-SERVICE            PIC X(12).
               88  R070-TECHNIQUE      VALUE 'DÉPANNAGE'.
               88  R070-CONTROLE       VALUE 'CONTRÔLE'.
               88  R070-REGIE          VALUE 'RÉGIE'.
           05  R070-TEXTE              PIC X(120).
