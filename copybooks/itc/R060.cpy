      * R060: WHO LOGGED IN, AND WHAT THEY MAY DO
       01  R060-CONNEXION.
           05  R060-STATUT             PIC 9(2).
               88  R060-ACCEPTE        VALUE 0.
               88  R060-CODE-FAUX      VALUE 60.
               88  R060-BLOQUE         VALUE 61.
           05  R060-NOM                PIC X(24).
           05  R060-PRENOM             PIC X(16).
           05  R060-DROITS GROUP-USAGE BIT.
               10  R060-VENDRE         PIC 1.
               10  R060-PAYER          PIC 1.
               10  R060-ANNULER        PIC 1.
               10  R060-CAISSE         PIC 1.
               10  R060-NIVEAU         PIC 1(4).
           05  R060-PLAFOND            PIC 9(7)V99 COMP-3.
