      * N090: A MESSAGE TO ALL TERMINALS; RUN LENGTHS WHEN THE HEADER
      * SAYS SO
       01  N090-MESSAGE.
           05  N090-NUMERO             PIC 9(9) COMP.
           05  N090-PRIORITE           PIC 9.
           05  N090-NB-LIGNES          PIC 9(2).
           05  N090-LIGNE              PIC X(40)
               OCCURS 0 TO 10 DEPENDING ON N090-NB-LIGNES.
