      * R010: THE BALANCE
       01  R010-SOLDE.
           05  R010-STATUT             PIC 9(2).
           05  R010-MONTANT            PIC S9(9)V99 COMP-3.
           05  R010-VENTES             PIC S9(9)V99 COMP-3.
           05  R010-PAIEMENTS          PIC S9(9)V99 COMP-3.
           05  R010-NB-TICKETS         PIC 9(9) COMP.
      *    THE BALANCE AS THE TERMINAL SHOWS IT
           05  R010-AFFICHAGE          PIC -(8)9,99.
