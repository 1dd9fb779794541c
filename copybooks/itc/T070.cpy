      * T070: A MESSAGE FROM A TERMINAL; RUN LENGTHS
       01  T070-MESSAGE.
           05  T070-OPERATEUR          PIC 9(6).
           05  T070-URGENCE            PIC 9.
           05  T070-TEXTE              PIC X(120).
