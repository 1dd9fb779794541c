      * R035: STATE AND HISTORY OF A TICKET
       01  R035-CONSULTATION.
           05  R035-STATUT             PIC 9(2).
               88  R035-TROUVE         VALUE 0.
               88  R035-INCONNU        VALUE 99.
           05  R035-TICKET             PIC X(14).
           05  R035-ETAT               PIC X.
               88  R035-EN-JEU         VALUE 'J'.
               88  R035-GAGNANT        VALUE 'G'.
               88  R035-PERDANT        VALUE 'P'.
               88  R035-ANNULE         VALUE 'A'.
           05  R035-MISE-TOTALE        PIC 9(7)V99 COMP-3.
           05  R035-GAIN               PIC 9(9)V99 COMP-3.
           05  R035-NB-MOUVEMENTS      PIC 9(4) COMP.
           05  R035-MOUVEMENT
               OCCURS 0 TO 9 DEPENDING ON R035-NB-MOUVEMENTS.
               10  R035-TYPE           PIC X(4).
               10  R035-GUICHET        PIC 9(5).
               10  R035-DATE           PIC 9(8) COMP-3.
               10  R035-HEURE          PIC 9(6) COMP-3.
