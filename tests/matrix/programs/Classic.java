// HttpURLConnection, as most Java tools of the last twenty years use it.

import java.net.HttpURLConnection;
import java.net.URL;
import java.util.Base64;

public class Classic {
    public static void main(String[] arguments) throws Exception {
        String pair = System.getenv("NAME") + ":" + System.getenv("TOKEN");
        HttpURLConnection call = (HttpURLConnection) new URL(System.getenv("ADDRESS")).openConnection();
        call.setRequestProperty("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes()));
        System.out.println(call.getResponseCode() + " " + call.getResponseMessage());
        System.exit(call.getResponseCode() == 200 ? 0 : 1);
    }
}
