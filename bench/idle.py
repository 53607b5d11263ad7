"""Holds N idle keep-alive connections open: idle.py PORT N SECONDS. Prints how many are open when it is ready."""
import socket, sys, time
port, n, seconds = int(sys.argv[1]), int(sys.argv[2]), float(sys.argv[3])
held = []
for _ in range(n):
    s = socket.create_connection(("127.0.0.1", port))
    s.sendall(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n")
    held.append(s)
for s in held:
    s.recv(4096)
print(len(held), flush=True)
time.sleep(seconds)
