// What Java's two HTTP clients send and get; run as a single source file: java Client.java USER TOKEN

import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.ProxySelector;
import java.net.URI;
import java.net.URL;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

public class Client {
    static final String ADDRESS = "https://api.bitbucket.org/2.0/user";

    public static void main(String[] arguments) throws Exception {
        byte[] pair = (arguments[0] + ":" + arguments[1]).getBytes(StandardCharsets.UTF_8);
        String credentials = "Basic " + Base64.getEncoder().encodeToString(pair);
        modern(credentials);
        classic(credentials);
    }

    static void modern(String credentials) throws Exception {
        HttpClient client = HttpClient.newBuilder()
                .proxy(ProxySelector.getDefault())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(ADDRESS)).header("Authorization", credentials);
        for (HttpRequest each : List.of(
                request.GET().build(),
                request.POST(BodyPublishers.ofString("a body")).build())) {
            HttpResponse<String> answer = client.send(each, BodyHandlers.ofString());
            print(answer.statusCode(), answer.headers().map(), answer.body());
        }
    }

    static void classic(String credentials) throws Exception {
        HttpURLConnection connection = (HttpURLConnection) new URL(ADDRESS).openConnection();
        connection.setRequestProperty("Authorization", credentials);
        int status = connection.getResponseCode();
        InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
        Map<String, List<String>> fields = new TreeMap<>();
        connection.getHeaderFields().forEach((name, values) -> fields.put(name == null ? "" : name, values));
        print(status, fields, new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    static void print(int status, Map<String, List<String>> fields, String body) {
        System.out.println(status);
        new TreeMap<>(fields).forEach((name, values) -> System.out.println(name + ": " + String.join(", ", values)));
        System.out.println(body);
    }
}
