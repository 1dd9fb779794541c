      * T050: STATUS REPORT OF A TERMINAL; A BITMAP IN FRONT SAYS WHICH
      * OF THESE FIELDS FOLLOW
       01  T050-ETAT.
           05  T050-IMPRIMANTE         PIC X.
               88  T050-PRETE          VALUE 'P'.
               88  T050-BOURRAGE       VALUE 'B'.
               88  T050-HORS-SERVICE   VALUE 'H'.
           05  T050-PAPIER             PIC 9(3).
           05  T050-LECTEUR            PIC X.
           05  T050-ECRAN              PIC X.
           05  T050-CAISSE             PIC S9(7)V99.
           05  T050-NB-PARIS           PIC 9(7) COMP-3.
           05  T050-NB-PAIEMENTS       PIC 9(7) COMP-3.
           05  T050-NB-ANNULATIONS     PIC 9(5) COMP-3.
           05  T050-ERREURS-LIGNE      PIC 9(5).
           05  T050-REPRISES           PIC 9(5).
           05  T050-TEMPS-REPONSE      PIC 9(5) COMP-3.
           05  T050-TEMPERATURE        PIC S9(3) SIGN LEADING SEPARATE.
           05  T050-LOGICIEL           PIC X(8).
           05  T050-OPERATEUR          PIC 9(6).
           05  T050-DERNIER-TICKET     PIC X(14).
           05  T050-COMMENTAIRE        PIC X(40).
