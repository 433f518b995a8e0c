// A server as grpc-go makes it, without an option: it allows no frequent pings
// (keepalive.EnforcementPolicy). It answers every call with an empty message, and
// prints the port, each connection and each call.
package main

import (
	"context"
	"fmt"
	"net"

	"google.golang.org/grpc"
	"google.golang.org/grpc/stats"
)

// codec leaves messages as they are: the server knows none of Flyte's.
type codec struct{}

func (codec) Marshal(value any) ([]byte, error) { return *(value.(*[]byte)), nil }
func (codec) Unmarshal(data []byte, value any) error {
	*(value.(*[]byte)) = append([]byte(nil), data...)
	return nil
}
func (codec) Name() string { return "raw" }

type connections struct{}

func (connections) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context   { return ctx }
func (connections) HandleRPC(context.Context, stats.RPCStats)                         {}
func (connections) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context { return ctx }
func (connections) HandleConn(_ context.Context, event stats.ConnStats) {
	if _, begun := event.(*stats.ConnBegin); begun {
		fmt.Println("CONNECTION")
	}
}

func answer(_ any, stream grpc.ServerStream) error {
	method, _ := grpc.MethodFromServerStream(stream)
	var request []byte
	if err := stream.RecvMsg(&request); err != nil {
		return err
	}
	fmt.Printf("CALL %s %q\n", method, request)
	response := []byte{}
	return stream.SendMsg(&response)
}

func main() {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	server := grpc.NewServer(grpc.ForceServerCodec(codec{}), grpc.StatsHandler(connections{}),
		grpc.UnknownServiceHandler(answer))
	fmt.Println("LISTENING", listener.Addr().(*net.TCPAddr).Port)
	panic(server.Serve(listener))
}
