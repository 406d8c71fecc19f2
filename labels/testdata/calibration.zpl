^XA
^CI28
^PW1678
^LL2374
^LH0,0
^LS0
^PON
^FO353,412^BY2^BCN,208,N,N,N^FH_^FD>:ABCDEFGHIJKLMNOPQRSTUVWXYZ>50123456789>6-./+%:;$^FS
^FO364,779^BY2^BCN,208,N,N,N^FH_^FD>;>8010952123454321310>6abcdefghijklmnopqrst>821uvwxyz^FS
^FO593,1147^BY4^BCN,208,N,N,N^FH_^FD>:T->50000>6-Y^FS
^FT112,158^A0N,62,62^FH_^FDScanner calibration^FS
^FT112,235^A0N,25,25^FH_^FDOpen the menu of the device, tap Set up the scanner, and scan the three codes from the top down. Print at full size, and do not^FS
^FT112,264^A0N,25,25^FH_^FDfold.^FS
^FT112,375^A0N,37,37^FH_^FD1 Letters, digits and signs^FS
^FT112,644^A0N,23,23^FB1455,1,0,C^FH_^FDABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-./+%:;$^FS
^FT112,742^A0N,37,37^FH_^FD2 A GS1 code with a group separator^FS
^FT112,1012^A0N,23,23^FB1455,1,0,C^FH_^FD010952123454321310abcdefghijklmnopqrst 21uvwxyz^FS
^FT112,1110^A0N,37,37^FH_^FD3 A code of ours, which belongs to nothing^FS
^FT112,1379^A0N,23,23^FB1455,1,0,C^FH_^FDT-0000-Y^FS
^FT112,2257^A0N,23,23^FB1455,1,0,R^FH_^FDPage 1 of 1^FS
^FT112,2257^A0N,23,23^FH_^FDScanner calibration^FS
^PQ1
^XZ
