      * R001: THE CENTRAL SYSTEM ACCEPTS OR REFUSES THE TERMINAL
       01  R001-OUVERTURE.
           05  R001-STATUT             PIC 9(2).
               88  R001-ACCEPTE        VALUE 0.
               88  R001-REFUSE         VALUE 1 THRU 99.
           05  R001-SESSION            PIC 9(9) COMP.
           05  R001-DATE               PIC 9(8).
           05  R001-HEURE              PIC 9(6).
           05  R001-PREMIER-TICKET     PIC 9(6).
           05  R001-MISE-MINIMUM       PIC 9(3)V99 COMP-3.
           05  R001-MISE-MAXIMUM       PIC 9(7)V99 COMP-3.
           05  R001-NB-PARIS           PIC 9(2).
           05  R001-PARI OCCURS 0 TO 20 DEPENDING ON R001-NB-PARIS.
               10  R001-PARI-TYPE      PIC X(2).
               10  R001-PARI-OUVERT    PIC X.
                   88  R001-OUVERT     VALUE 'O'.
                   88  R001-FERME      VALUE 'N'.
           05  R001-ACCUEIL            PIC X(40).
