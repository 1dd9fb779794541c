      * T099: A TERMINAL COULD NOT USE WHAT IT RECEIVED
       01  T099-ERREUR.
           05  T099-CODE               PIC 9(4).
           05  T099-TYPE               PIC X(4).
           05  T099-TRANSACTION        PIC 9(5).
           05  T099-TEXTE              PIC X(60).
      *    THE FIRST BYTES OF THE FRAME, AS THEY WERE RECEIVED
           05  T099-TRAME              PIC X(32).
