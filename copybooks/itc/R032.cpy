      * R032: THE BETS OF THE TICKET ARE TAKEN OR REFUSED TOGETHER
       01  R032-PARIS.
           05  R032-STATUT             PIC 9(2).
               88  R032-ACCEPTE        VALUE 0.
      *    AS R031-TICKET
           05  R032-TICKET             PIC X(14).
           05  R032-DATE               PIC 9(8).
           05  R032-HEURE              PIC 9(6).
           05  R032-MISE-TOTALE        PIC 9(7)V99 COMP-3.
      *    THE BET THAT WAS REFUSED, 0 WHEN NONE WAS
           05  R032-PARI-REFUSE        PIC 9(4) COMP.
