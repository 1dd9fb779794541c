      * T035: WHAT HAS BECOME OF A TICKET?
       01  T035-CONSULTATION.
      *    AS R031-TICKET
           05  T035-TICKET             PIC X(14).
