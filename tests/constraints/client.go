// Connects to 127.0.0.1 as HOST and sends one request: client HOST PORT ROOTS.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"os"
)

func main() {
	pem, err := os.ReadFile(os.Args[3])
	roots := x509.NewCertPool()
	if err != nil || !roots.AppendCertsFromPEM(pem) {
		panic("no roots")
	}
	config := &tls.Config{ServerName: os.Args[1], RootCAs: roots}
	connection, err := tls.Dial("tcp", "127.0.0.1:"+os.Args[2], config)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Fprint(connection, "GET / HTTP/1.0\r\n\r\n")
	connection.Read(make([]byte, 1))
}
