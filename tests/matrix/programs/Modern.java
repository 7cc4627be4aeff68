// java.net.http, the client since Java 11.

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Base64;

public class Modern {
    public static void main(String[] arguments) throws Exception {
        String pair = System.getenv("NAME") + ":" + System.getenv("TOKEN");
        HttpRequest call = HttpRequest.newBuilder(URI.create(System.getenv("ADDRESS")))
                .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes()))
                .build();
        HttpResponse<String> answer = HttpClient.newHttpClient().send(call, HttpResponse.BodyHandlers.ofString());
        System.out.println(answer.statusCode() + " " + answer.body());
        System.exit(answer.statusCode() == 200 ? 0 : 1);
    }
}
