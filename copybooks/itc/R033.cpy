      * R033: WHAT THE TICKET PAYS
       01  R033-PAIEMENT.
           05  R033-STATUT             PIC 9(2).
               88  R033-PAYE           VALUE 0.
               88  R033-PERDANT        VALUE 20.
               88  R033-DEJA-PAYE      VALUE 21.
               88  R033-NON-COURU      VALUE 22.
               88  R033-INCONNU        VALUE 99.
           05  R033-TICKET             PIC X(14).
           05  R033-MONTANT            PIC S9(9)V99 COMP-3.
      *    TAX WITHHELD
           05  R033-RETENUE            PIC S9(7)V99 COMP-3.
           05  R033-DATE               PIC 9(8).
           05  R033-HEURE              PIC 9(6).
